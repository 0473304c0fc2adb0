"""What surrounds pages: header, navigation, the page itself."""
